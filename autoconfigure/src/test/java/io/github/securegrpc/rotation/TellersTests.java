package io.github.securegrpc.rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Listeners that cannot be had.
 */
@ExtendWith(OutputCaptureExtension.class)
class TellersTests {

	@Test
	void listenersThatCannotBeMadeHarmNobodyWhoTells(CapturedOutput output) {
		Supplier<List<Teller<String>>> broken = () -> {
			throw new NoClassDefFoundError("a lazy bean's");
		};
		Tellers<String> tellers = new Tellers<>("what happens", broken);
		assertThatNoException().isThrownBy(() -> {
			tellers.tell("first");
			tellers.tell("second");
		});
		assertThat(output).containsOnlyOnce("No listener is told of what happens:");
	}

	@Test
	void allAreToldInOrder() {
		List<String> told = new ArrayList<>();
		Tellers<String> tellers = new Tellers<>("what happens",
				() -> List.of(Teller.atOnce(this, (event) -> told.add("a" + event)),
						Teller.atOnce(this, (event) -> told.add("b" + event))));
		tellers.tell("1");
		tellers.tell("2");
		assertThat(told).containsExactly("a1", "b1", "a2", "b2");
	}

}
