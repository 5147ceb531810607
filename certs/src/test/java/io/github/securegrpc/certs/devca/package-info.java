@NullMarked
package io.github.securegrpc.certs.devca;

import org.jspecify.annotations.NullMarked;
