package io.github.securegrpc.sample.observe;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

import io.github.securegrpc.actuate.GrpcCertificatesEndpoint;
import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.rotation.ExpiryProperties;

/**
 * The page at {@code /}.
 */
@Controller
class CertificatesController {

	private final ObjectProvider<GrpcCertificatesEndpoint> endpoint;

	private final ExpiryWindow window;

	private final Clock clock = Clock.systemUTC();

	CertificatesController(ObjectProvider<GrpcCertificatesEndpoint> endpoint, ExpiryProperties expiry) {
		this.endpoint = endpoint;
		this.window = expiry.window();
	}

	@GetMapping("/")
	ModelAndView certificates() {
		GrpcCertificatesEndpoint available = this.endpoint.getIfAvailable();
		if (available == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND,
					"the page needs the endpoint grpccertificates: add it to management.endpoints.web.exposure.include");
		}
		return new ModelAndView("certificates", "page",
				CertificatesPage.of(available.certificates(), this.window, this.clock.instant()));
	}

}
