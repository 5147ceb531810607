/**
 * What a server that runs shows of itself.
 */
@NullMarked
package io.github.securegrpc.certs.cli.live;

import org.jspecify.annotations.NullMarked;
