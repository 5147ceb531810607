@NullMarked
package io.github.securegrpc.certs.cli;

import org.jspecify.annotations.NullMarked;
