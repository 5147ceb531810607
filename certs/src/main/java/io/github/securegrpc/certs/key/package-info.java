/**
 * Keys and certificates as files hold them: PEM, DER and PKCS#12, and how they are
 * encrypted.
 */
@NullMarked
package io.github.securegrpc.certs.key;

import org.jspecify.annotations.NullMarked;
