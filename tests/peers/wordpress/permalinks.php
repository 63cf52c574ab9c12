<?php
// Sets how the site's addresses look; nothing is for plain ones.
[, $root, $url, $structure] = $argv;
$_SERVER['HTTP_HOST'] = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
require $root . '/wp-load.php';
update_option('permalink_structure', $structure);
flush_rewrite_rules();
