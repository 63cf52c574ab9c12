<?php
// Makes a person with a role and an application password, or takes all of a person's passwords away.
[, $root, $url, $name, $role] = $argv;
$_SERVER['HTTP_HOST'] = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
require $root . '/wp-load.php';
if ($role === 'revoke') {
    WP_Application_Passwords::delete_all_application_passwords(get_user_by('login', $name)->ID);
    exit;
}
$id = wp_insert_user(['user_login' => $name, 'user_pass' => 'a password of the tests', 'user_email' => "$name@example.com", 'role' => $role]);
[$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'tests']);
echo json_encode(['user' => $name, 'password' => $password]);
