package io.github.securegrpc.sample.observe;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page at {@code /} in a browser, where there is one: Debian's chromium and
 * chromium-driver.
 */
@EnabledIf("hasBrowser")
class CertificatesPageTests {

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private final ChromeDriver browser = new ChromeDriver(
			new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(),
			new ChromeOptions().setBinary("/usr/bin/chromium")
				.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
						"--no-proxy-server"));

	private RunningSample sample;

	static boolean hasBrowser() {
		return DRIVER.canExecute();
	}

	@BeforeEach
	void open(@TempDir Path directory) {
		this.sample = new RunningSample(directory, Duration.ofDays(90));
		this.browser.get(this.sample.url());
	}

	@AfterEach
	void close() {
		this.browser.quit();
		this.sample.close();
	}

	@Test
	void everyCertificateIsABarWithItsDatesAndState() {
		List<WebElement> certificates = this.browser.findElements(By.cssSelector("#material-server .certificate"));
		assertThat(certificates).hasSize(2);
		assertThat(certificates.get(0).getText()).contains("leaf CN=ledger", "VALID, 8", "days left", "valid from 20",
				"warning from 20", "expires 20", "dns:localhost, ip:127.0.0.1 issued by CN=ca");
		assertThat(certificates.get(1).getText()).contains("trust anchor CN=ca", "VALID");
		WebElement bar = certificates.get(0).findElement(By.className("bar"));
		WebElement window = bar.findElement(By.className("window"));
		assertThat(window.getSize().getWidth() / (double) bar.getSize().getWidth()).isBetween(0.32, 0.35);
		assertThat(bar.findElement(By.className("now")).getLocation().getX() - bar.getLocation().getX()).isBetween(0,
				4);
	}

	@Test
	void pageRefreshesItselfAndKeepsTheFocus() throws Exception {
		assertThat(text("#material-server .generation")).isEqualTo("1");
		assertThat(text("#failures")).contains("None since the start.");
		assertThat(text("#connections")).isEqualTo("1");
		WebElement leaf = this.browser.findElement(By.id("server-0"));
		while (!this.browser.switchTo().activeElement().equals(leaf)) {
			this.browser.switchTo().activeElement().sendKeys(Keys.TAB);
		}
		this.sample.renew(Duration.ofDays(90));
		this.sample.handshakeWithoutCertificate();
		eventually("#material-server .generation", "2");
		eventually("#failures", "CERTIFICATE_VERIFICATION_FAILED");
		assertThat(this.browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("server-0");
		Files.writeString(this.sample.key(), "rubbish");
		eventually("#material-server", "Last replacement refused");
	}

	@Test
	void revocationListThatShouldHaveBeenReplacedIsSaid(@TempDir Path directory) {
		String crl = RunningSample.expiredCrl(directory).toString();
		try (RunningSample lenient = new RunningSample(directory, Duration.ofDays(90), "--secure-grpc.crl=" + crl,
				"--secure-grpc.crl-policy=lenient")) {
			this.browser.get(lenient.url());
			assertThat(text("#material-server")).contains("CRL from " + crl + " (secure-grpc.crl)",
					"Revocation list is old: the CRL of CN=ca expired at ");
		}
	}

	@Test
	void pageFitsAPhone() {
		this.browser.manage().window().setSize(new Dimension(390, 844));
		this.browser.navigate().refresh();
		Object overflow = this.browser
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
		assertThat(overflow).isEqualTo(0L);
	}

	private void eventually(String selector, String text) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(text(selector)).contains(text));
	}

	private String text(String selector) {
		return this.browser.findElement(By.cssSelector(selector)).getText();
	}

}
