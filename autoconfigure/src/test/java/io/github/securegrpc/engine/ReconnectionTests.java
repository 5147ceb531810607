package io.github.securegrpc.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InOrder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

/**
 * Channels that leave their connections on another thread, as grpc-java's may.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReconnectionTests {

	private final ManagedChannel channel = mock(ManagedChannel.class);

	@Test
	@Timeout(20)
	void whoeverGetsTheChannelGetsItWithoutItsConnections() {
		AtomicBoolean left = new AtomicBoolean();
		willAnswer((call) -> CompletableFuture.runAsync(() -> {
			left.set(true);
			call.getArgument(1, Runnable.class).run();
		}, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS))).given(this.channel)
			.notifyWhenStateChanged(any(), any());
		Reconnection.complete("it", this.channel);
		assertThat(left).isTrue();
		InOrder order = inOrder(this.channel);
		order.verify(this.channel).enterIdle();
		order.verify(this.channel).notifyWhenStateChanged(any(ConnectivityState.class), any());
	}

	@Test
	void startThatIsInterruptedGoesOnInterrupted() {
		Thread.currentThread().interrupt();
		Reconnection.complete("it", this.channel);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void oneThatCannotIsSaid(CapturedOutput output) {
		willThrow(new IllegalStateException("of the test's")).given(this.channel).enterIdle();
		Reconnection.begin("it", this.channel);
		assertThat(output).contains("The channel it keeps its connections after a rotation: ");
	}

}
