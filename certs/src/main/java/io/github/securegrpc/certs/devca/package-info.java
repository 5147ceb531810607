/**
 * Certificates for development: an authority in a directory, whose leaves fill what the
 * configuration leaves out. Never for production.
 */
@NullMarked
package io.github.securegrpc.certs.devca;

import org.jspecify.annotations.NullMarked;
