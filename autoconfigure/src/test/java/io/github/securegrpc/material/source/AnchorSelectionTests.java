package io.github.securegrpc.material.source;

import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.ValidationMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told of trust anchors that are left out.
 */
@ExtendWith(OutputCaptureExtension.class)
class AnchorSelectionTests {

	private final X509Bundle ca = TestCertificates.authority("ca");

	@Test
	void sameObjectionIsToldOnceAndToldAgainWhenItComesBack(CapturedOutput output) {
		AnchorSelection selection = new AnchorSelection(ValidationMode.STRICT);
		RefusedException objection = new RefusedException("the odd one", "none");
		for (List<RefusedException> objections : List.of(List.of(objection), List.of(objection),
				List.<RefusedException>of(), List.of(objection))) {
			assertThat(selection.select("ca.crt", List.of(this.ca.getCertificate()), objections).certificates())
				.containsExactly(this.ca.getCertificate());
		}
		assertThat(output.getOut().split("the odd one", -1)).hasSize(3);
	}

}
