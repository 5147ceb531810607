package io.github.securegrpc.sample.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.sample.peer.proto.GossipMessage;
import io.github.securegrpc.sample.peer.proto.RootMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The whole peer over mutual TLS, among peers that it does not know and that lie.
 */
class PeerScenarioTests {

	private static final Duration BOUND = Duration.ofSeconds(6);

	private static final int OURS = 1;

	private static final String REFUSED = "not of a host that the caller's certificate names";

	@TempDir
	Path directory = Path.of("");

	@SuppressWarnings("NullAway.Init")
	private Network network;

	@SuppressWarnings("NullAway.Init")
	private RunningPeer ours;

	@SuppressWarnings("NullAway.Init")
	private ForeignPeer anna;

	@SuppressWarnings("NullAway.Init")
	private ForeignPeer boris;

	@BeforeEach
	void start() throws IOException {
		this.network = new Network(this.directory);
		List.of(OURS, 2, 3).forEach((number) -> this.network.issue(number, Network.LONG));
		this.ours = new RunningPeer(this.network, OURS, "--sample.peer.max-members=2");
		this.anna = new ForeignPeer(this.network, 2, OURS);
		this.boris = new ForeignPeer(this.network, 3, OURS);
	}

	@AfterEach
	void stop() {
		this.anna.close();
		this.boris.close();
		this.ours.close();
	}

	@Test
	void peerThatShakesHandsHearsOurBeats() {
		join(this.anna);
		soon(() -> assertThat(this.anna.received(this.network.address(OURS))).hasSizeGreaterThan(1)
			.allSatisfy((message) -> {
				assertThat(message.getCmd()).isEqualTo("beat");
				assertThat(message.getGossipMessage().getTtl()).isEqualTo(10);
				assertThat(message.getGossipMessage().getHash()).isNotZero();
				assertThat(message.getGossipMessage().getArgs(0)).matches("\\d{10}\\.\\d+");
			}));
		this.anna.sayGoodbye(this.anna.address());
		assertThat(this.ours.members()).isEmpty();
	}

	@Test
	void whatOnePeerSaysReachesTheOtherOnce() {
		join(this.anna);
		join(this.boris);
		RootMessage message = ForeignPeer.gossip(this.anna.address(), "vote_train_set");
		assertThat(this.anna.tell(message)).isEmpty();
		assertThat(this.anna.tell(message)).isEmpty();
		RootMessage last = ForeignPeer.gossip(this.anna.address(), "metrics");
		assertThat(this.anna.tell(last.toBuilder()
			.setGossipMessage(last.getGossipMessage().toBuilder().setTtl(Integer.MAX_VALUE))
			.build())).isEmpty();
		assertThat(this.anna.tell(last.toBuilder()
			.setCmd("stop_learning")
			.setGossipMessage(GossipMessage.newBuilder().setHash(1))
			.build())).isEmpty();
		assertThat(this.anna.tell(ForeignPeer.gossip("in the\nmiddle", "metrics"))).isEmpty();
		soon(() -> assertThat(this.boris.received(this.anna.address()))
			.filteredOn((received) -> !received.getCmd().equals("beat"))
			.extracting(RootMessage::getCmd, (received) -> received.getGossipMessage().getTtl())
			.containsExactly(tuple("vote_train_set", 9), tuple("metrics", 9)));
		assertThat(this.anna.received(this.anna.address())).isEmpty();
		assertThat(this.boris.received("in the\nmiddle")).isEmpty();
	}

	@Test
	void peersOfOneHostHearOfEachOther() throws IOException {
		this.network.issue(12, Network.LONG);
		try (ForeignPeer clara = new ForeignPeer(this.network, 12, OURS)) {
			join(this.anna);
			join(clara);
			assertThat(this.anna.beat(this.anna.address())).isEmpty();
			soon(() -> assertThat(clara.received(this.anna.address())).hasSize(1));
		}
	}

	@Test
	void nobodyJoinsAsAnother() {
		assertThat(this.anna.shakeHands(this.boris.address())).contains(this.boris.address()).contains(REFUSED);
		assertThat(this.anna.shakeHands("localhost:6666")).contains(REFUSED);
		assertThat(this.anna.shakeHands(this.network.address(OURS))).contains("the address of who is asked");
		for (String text : List.of("", "127.0.0.2", "127.0.0.2:0", "127.0.0.2:65536", "unix:/tmp/p", "127.0.0.2:1/x",
				"dns:///127.0.0.2:1", "127.0.2:1", "[127.0.0.2:1", "127.0.0.2:1\n")) {
			assertThat(this.anna.shakeHands(text)).as(text).contains("not host:port");
		}
		assertThat(this.ours.members()).isEmpty();
	}

	@Test
	void nobodySaysGoodbyeForAnother() {
		join(this.anna);
		join(this.boris);
		this.boris.sayGoodbye(this.anna.address());
		assertThat(this.ours.members()).contains(this.anna.address());
	}

	@Test
	void silentPeerIsDroppedThoughAnotherPassesOnItsBeats() {
		join(this.anna);
		join(this.boris);
		soon(() -> {
			assertThat(this.boris.beat(this.boris.address())).isEmpty();
			assertThat(this.boris.beat(this.anna.address())).isEmpty();
			assertThat(this.ours.members()).containsExactly(this.boris.address());
		});
		soon(() -> assertThat(this.anna.disconnected()).contains(this.network.address(OURS)));
	}

	@Test
	void peerThatAnswersWithAnErrorIsDropped() {
		join(this.anna);
		this.anna.answer("Unknown command");
		soon(() -> {
			assertThat(this.ours.members()).isEmpty();
			assertThat(this.anna.disconnected()).contains(this.network.address(OURS));
		});
	}

	@Test
	void whoIsHeardOfIsNeitherPeerNorCalled() throws IOException {
		join(this.anna);
		try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.9"))) {
			String address = "127.0.0.9:" + stranger.getLocalPort();
			stranger.setSoTimeout(4000);
			assertThat(this.anna.beat(address)).isEmpty();
			assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
		}
	}

	@Test
	void messageOfNoPeerIsRefused() {
		assertThat(this.anna.beat(this.anna.address())).contains("a handshake first");
		assertThat(this.ours.members()).isEmpty();
	}

	@Test
	void peersAreBounded() {
		join(this.anna);
		join(this.boris);
		assertThat(this.anna.shakeHands("127.0.0.2:1")).contains("one too many");
		assertThat(this.anna.shakeHands(this.anna.address())).isEmpty();
	}

	@Test
	void peerThatIsNotWhereItSaysNeverJoins() {
		assertThat(this.anna.shakeHands("127.0.0.2:1")).isEmpty();
		Awaitility.await()
			.during(BOUND)
			.atMost(BOUND.plusSeconds(2))
			.untilAsserted(() -> assertThat(this.ours.members()).isEmpty());
		assertThat(this.anna.beat(this.anna.address())).contains("a handshake first");
	}

	@Test
	void anyAddressIsBelievedWhereThatIsAskedFor() throws IOException {
		List.of(4, 5).forEach((number) -> this.network.issue(number, Network.LONG));
		try (RunningPeer lax = new RunningPeer(this.network, 4, "--sample.peer.claimed-address=any");
				ForeignPeer dora = new ForeignPeer(this.network, 5, 4)) {
			assertThat(dora.shakeHands(this.boris.address())).isEmpty();
			soon(() -> assertThat(lax.members()).containsExactly(this.boris.address()));
			assertThat(dora.beat("127.0.0.9:1")).isEmpty();
			assertThat(lax.members()).containsExactly(this.boris.address());
			soon(() -> assertThat(this.boris.received("127.0.0.9:1")).hasSize(1));
		}
	}

	private void join(ForeignPeer peer) {
		assertThat(peer.shakeHands(peer.address())).isEmpty();
		soon(() -> assertThat(this.ours.members()).contains(peer.address()));
	}

	private static void soon(ThrowingRunnable assertion) {
		Awaitility.await().atMost(BOUND).untilAsserted(assertion);
	}

}
