<?php
// WordPress' own export, as Tools > Export writes it.
[, $root, $url] = $argv;
$_SERVER['HTTP_HOST'] = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
require $root . '/wp-load.php';
require $root . '/wp-admin/includes/export.php';
wp_set_current_user(1);
export_wp();
