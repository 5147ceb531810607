package io.github.securegrpc.rotation;

import java.util.ArrayDeque;
import java.util.Deque;

import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A look that ends just as somebody loses patience with it.
 */
class MaterialLooksTests extends RotatingFiles {

	private final Deque<Runnable> threads = new ArrayDeque<>();

	@Test
	void oneThatHasEndedIsNotOverdue() {
		write(TestCertificates.server(this.authority));
		MaterialLooks looks = looks();
		MaterialLooks.Look look = looks.ask(true);
		this.threads.remove().run();
		assertThat(looks.overdue(look)).isInstanceOf(Outcome.Rotated.class);
		assertThat(this.material.overdueSince()).isNull();
	}

	@Test
	void oneThatHasNotIs() {
		MaterialLooks looks = looks();
		assertThat(looks.overdue(looks.ask(true))).isInstanceOf(Outcome.Overdue.class);
		assertThat(this.material.overdueSince()).isEqualTo(this.clock.instant());
	}

	private MaterialLooks looks() {
		return new MaterialLooks(this.material, this.threads::add, new Announcements((event) -> event.accept(this)),
				this.clock);
	}

}
