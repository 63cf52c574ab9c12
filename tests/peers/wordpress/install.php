<?php
// Installs WordPress in the folder that is its argument, and prints an application password of its administrator.
define('WP_INSTALLING', true);
[, $root, $url] = $argv;
$_SERVER['HTTP_HOST'] = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
require $root . '/wp-load.php';
require $root . '/wp-admin/includes/upgrade.php';
// No mail leaves a test.
function wp_mail() { return true; }
wp_install('The old blog', 'admin', 'admin@example.com', true, '', 'a password of the tests');
update_option('siteurl', $url);
update_option('home', $url);
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules();
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $post) {
    wp_delete_post($post->ID, true);
}
[$password] = WP_Application_Passwords::create_new_application_password(1, ['name' => 'tests']);
echo json_encode(['user' => 'admin', 'password' => $password]);
