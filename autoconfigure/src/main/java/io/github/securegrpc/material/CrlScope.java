package io.github.securegrpc.material;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.X509CRL;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which certificates of its issuer a revocation list speaks of: all, or those of the
 * issuing distribution point extension (RFC 5280, 5.2.5).
 *
 * @param unsupported why the list cannot be used, or {@code null}
 * @param authoritiesOnly whether it speaks of CA certificates only
 * @since 0.1.0
 */
public record CrlScope(@Nullable String unsupported, boolean authoritiesOnly) {

	private static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";

	private static final String DELTA = "2.5.29.27";

	private static final int POINT = 0;

	private static final int USERS_ONLY = 1;

	private static final int AUTHORITIES_ONLY = 2;

	private static final int SOME_REASONS = 3;

	private static final int INDIRECT = 4;

	private static final int ATTRIBUTES_ONLY = 5;

	private static final int TAG = 0x1F;

	private static final int LONG_LENGTH = 0x80;

	/**
	 * Reads the scope of a list.
	 * @param list the list
	 * @return its scope
	 */
	public static CrlScope of(X509CRL list) {
		Set<String> critical = list.getCriticalExtensionOIDs();
		if (list.getExtensionValue(DELTA) != null) {
			return new CrlScope("is a delta CRL (expected: a complete one)", false);
		}
		if (critical != null) {
			for (String extension : critical) {
				if (!extension.equals(ISSUING_DISTRIBUTION_POINT)) {
					return new CrlScope(
							"has the critical extension %s (expected: none that is unknown)".formatted(extension),
							false);
				}
			}
		}
		byte[] point = list.getExtensionValue(ISSUING_DISTRIBUTION_POINT);
		if (point == null) {
			return new CrlScope(null, false);
		}
		try {
			ByteBuffer octets = value(ByteBuffer.wrap(point));
			return read(value(octets));
		}
		catch (BufferUnderflowException | IllegalArgumentException ex) {
			return new CrlScope("has an issuing distribution point that cannot be read", false);
		}
	}

	private static CrlScope read(ByteBuffer sequence) {
		boolean authorities = false;
		while (sequence.hasRemaining()) {
			int tag = sequence.get(sequence.position()) & 0xFF;
			ByteBuffer content = value(sequence);
			boolean flag = content.remaining() == 1 && content.get() != 0;
			switch (tag & TAG) {
				case POINT, USERS_ONLY -> {
					// says where it is published, or that it has no CA certificates
				}
				case AUTHORITIES_ONLY -> {
					authorities = flag;
				}
				case SOME_REASONS -> {
					return new CrlScope("is of some reasons only (expected: all)", false);
				}
				case INDIRECT, ATTRIBUTES_ONLY -> {
					if (flag) {
						return new CrlScope("is indirect, or of attribute certificates", false);
					}
				}
				default -> {
					return new CrlScope("has an issuing distribution point that is unknown", false);
				}
			}
		}
		return new CrlScope(null, authorities);
	}

	/* Takes one value off the buffer. */
	private static ByteBuffer value(ByteBuffer der) {
		der.get();
		int length = der.get() & 0xFF;
		if ((length & LONG_LENGTH) != 0) {
			int bytes = length & ~LONG_LENGTH;
			if (bytes > 3) {
				throw new IllegalArgumentException("length of %d bytes".formatted(bytes));
			}
			length = 0;
			for (int i = 0; i < bytes; i++) {
				length = (length << 8) | (der.get() & 0xFF);
			}
		}
		ByteBuffer content = der.slice().limit(length);
		der.position(der.position() + length);
		return content;
	}

}
