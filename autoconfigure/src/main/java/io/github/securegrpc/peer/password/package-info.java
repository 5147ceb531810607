/**
 * Users and their passwords.
 */
@NullMarked
package io.github.securegrpc.peer.password;

import org.jspecify.annotations.NullMarked;
