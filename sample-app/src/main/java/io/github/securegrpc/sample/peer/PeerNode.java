package io.github.securegrpc.sample.peer;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.securegrpc.peer.PeerIdentity;
import io.github.securegrpc.sample.peer.Claims.Claimable;
import io.github.securegrpc.sample.peer.proto.ResponseMessage;
import io.github.securegrpc.sample.peer.proto.RootMessage;

/**
 * What this node does with what callers say. Whatever they pass on of others proves
 * nothing of these: it makes nobody a neighbour, keeps none, and drops none. Thread-safe.
 */
final class PeerNode {

	private static final Logger logger = LoggerFactory.getLogger(PeerNode.class);

	private static final ResponseMessage TAKEN = ResponseMessage.getDefaultInstance();

	private final PeerAddress self;

	private final Claims claims;

	private final Membership membership;

	private final Gossip gossip;

	private final LimitedLog limited;

	PeerNode(PeerProperties properties, Membership membership, Gossip gossip, LongSupplier nanoTime) {
		this.self = properties.self();
		this.claims = properties.granted();
		this.membership = membership;
		this.gossip = gossip;
		this.limited = new LimitedLog(logger, nanoTime);
		if (properties.claimedAddress() == ClaimedAddress.ANY) {
			logger.warn("A peer may claim any address, also another's (sample.peer.claimed-address is any)");
		}
	}

	ResponseMessage handshake(@Nullable PeerIdentity caller, String claimed) {
		Optional<PeerAddress> address = PeerAddress.parse(claimed);
		if (address.isEmpty()) {
			return refused(caller, claimed, "not host:port");
		}
		if (address.get().equals(this.self)) {
			return refused(caller, claimed, "the address of who is asked");
		}
		if (!this.claims.of(caller).holds(address.get())) {
			return refused(caller, claimed, "not of a host that the caller's certificate names");
		}
		if (!this.membership.greet(address.get())) {
			return refused(caller, claimed, "one too many: there are as many peers as may be");
		}
		return TAKEN;
	}

	void disconnect(@Nullable PeerIdentity caller, String claimed) {
		Optional<PeerAddress> address = PeerAddress.parse(claimed);
		if (address.isPresent() && this.claims.of(caller).holds(address.get())) {
			this.membership.leave(address.get());
		}
		else {
			refused(caller, claimed, "not of a host that the caller's certificate names");
		}
	}

	ResponseMessage receive(@Nullable PeerIdentity caller, RootMessage message) {
		Claimable claimable = this.claims.of(caller);
		if (this.membership.all().stream().noneMatch((member) -> claimable.holds(member.address()))) {
			return claimable.any() ? TAKEN : error("a message of no peer (expected: a handshake first)");
		}
		Optional<PeerAddress> source = PeerAddress.parse(message.getSource());
		// no error: the caller may only have been told so
		if (source.isPresent() && !source.get().equals(this.self)) {
			if (message.getCmd().equals(Gossip.BEAT) && claimable.holds(source.get())) {
				this.membership.heard(source.get());
			}
			this.gossip.passedOn(message).ifPresent((passed) -> pass(passed, source.get(), claimable));
		}
		return TAKEN;
	}

	/* To all but the source, and who has just said it, where only one can have been. */
	private void pass(RootMessage message, PeerAddress source, Claimable caller) {
		List<Member> callers = this.membership.all()
			.stream()
			.filter((member) -> caller.holds(member.address()))
			.toList();
		this.membership.neighbours()
			.stream()
			.filter((member) -> !member.address().equals(source))
			.filter((member) -> caller.any() || callers.size() > 1 || !callers.contains(member))
			.forEach((member) -> member.link().passOn(message));
	}

	private ResponseMessage refused(@Nullable PeerIdentity caller, String claimed, String why) {
		this.limited.warn("Refused %s, which says to be %s: %s"
			.formatted((caller != null) ? caller.name() : "a caller without a certificate", Quoted.of(claimed), why));
		return error("%s is %s".formatted(Quoted.of(claimed), why));
	}

	private static ResponseMessage error(String text) {
		return ResponseMessage.newBuilder().setError(text).build();
	}

}
