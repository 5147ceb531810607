@NullMarked
package io.github.securegrpc.certs;

import org.jspecify.annotations.NullMarked;
