/**
 * The command line of the certificate authority. Needs picocli, which the library does
 * not.
 */
@NullMarked
package io.github.securegrpc.certs.cli;

import org.jspecify.annotations.NullMarked;
