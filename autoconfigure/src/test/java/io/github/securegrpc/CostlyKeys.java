package io.github.securegrpc;

import java.math.BigInteger;

/**
 * Encrypted keys that ask for more than anybody has: time or memory.
 */
public final class CostlyKeys {

	private static final byte[] AES_256_CBC = TestDer.sequence(TestDer.oid("60864801650304012a"), TestDer.octets(16));

	private static final byte[] HMAC_SHA256 = TestDer.sequence(TestDer.oid("2a864886f70d0209"), TestDer.value(0x05));

	private CostlyKeys() {
	}

	public static String encrypted(byte[] scheme) {
		return TestCertificates.block("ENCRYPTED PRIVATE KEY", TestDer.sequence(scheme, TestDer.octets(64)));
	}

	public static byte[] pbes2(long iterations) {
		return pbes2(BigInteger.valueOf(iterations));
	}

	public static byte[] pbes2(BigInteger iterations) {
		return pbes2(TestDer.sequence(TestDer.oid("2a864886f70d01050c"),
				TestDer.sequence(TestDer.octets(8), TestDer.integer(iterations), HMAC_SHA256)));
	}

	public static byte[] pbes1(String oid, long iterations) {
		return TestDer.sequence(TestDer.oid(oid), TestDer.sequence(TestDer.octets(8), TestDer.integer(iterations)));
	}

	public static byte[] scrypt(long n, long r, long p) {
		return pbes2(TestDer.sequence(TestDer.oid("2b06010401da47040b"),
				TestDer.sequence(TestDer.octets(8), TestDer.integer(n), TestDer.integer(r), TestDer.integer(p))));
	}

	private static byte[] pbes2(byte[] derivation) {
		return TestDer.sequence(TestDer.oid("2a864886f70d01050d"), TestDer.sequence(derivation, AES_256_CBC));
	}

}
