package io.saldo.app.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.saldo.app.config.OperationSettings;
import io.saldo.app.config.OperationSettings.Security;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real SMTP server gets. */
class MailTest {
    private static final String PASSWORD = "a password of the mail server";
    private static final Instant NOW = Instant.parse("2026-11-01T03:31:00Z");

    @TempDir
    Path folder;

    private GreenMail server;

    private void listen(String protocol) {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
        server.setUser("finance@example.com", "saldo", PASSWORD);
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
        System.clearProperty("greenmail.tls.keystore.file");
        System.clearProperty("greenmail.tls.keystore.password");
    }

    private Mail mail(Security security, String host, String user, String password, SSLContext trust) {
        int port = (security == Security.TLS ? server.getSmtps() : server.getSmtp()).getPort();
        return new Mail(
                new OperationSettings.Mail(
                        host,
                        port,
                        security,
                        user,
                        "",
                        "saldo@example.com",
                        List.of("finance@example.com", "ops@example.com"),
                        10),
                password,
                trust,
                () -> NOW);
    }

    private void assertReceived() throws Exception {
        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getSubject()).isEqualTo("Saldo, night 2026-10-31: failed");
        assertThat(received[0].getFrom()[0]).hasToString("saldo@example.com");
        assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received[0].getContent().toString().replace("\r\n", "\n"))
                .isEqualTo(WebhookTest.SUMMARY.text().strip());
    }

    @Test
    void sendsToEachAddress() throws Exception {
        listen(ServerSetup.PROTOCOL_SMTP);
        mail(Security.NONE, "127.0.0.1", "saldo", PASSWORD, SSLContext.getDefault())
                .send(WebhookTest.SUMMARY);
        assertReceived();
    }

    @Test
    void saysNothingWithoutTheEncryptionThatWasAskedFor() throws Exception {
        listen(ServerSetup.PROTOCOL_SMTP);
        assertThatThrownBy(() -> mail(Security.STARTTLS, "127.0.0.1", "saldo", PASSWORD, SSLContext.getDefault())
                        .send(WebhookTest.SUMMARY))
                .isInstanceOf(Channel.NotSent.class)
                .hasMessageEndingWith("did not take it (MessagingException)");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void doesNotRepeatTheSecretOfARefusal() {
        listen(ServerSetup.PROTOCOL_SMTP);
        assertThatThrownBy(() -> mail(Security.NONE, "127.0.0.1", "saldo", "wrong " + PASSWORD, SSLContext.getDefault())
                        .send(WebhookTest.SUMMARY))
                .isInstanceOf(Channel.NotSent.class)
                .hasMessageNotContaining(PASSWORD)
                .hasMessageContaining("AuthenticationFailedException");
    }

    @Test
    void waitsForNoServerThatHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Mail mail = new Mail(
                    new OperationSettings.Mail(
                            "127.0.0.1",
                            silent.getLocalPort(),
                            Security.NONE,
                            "",
                            "",
                            "saldo@example.com",
                            List.of("finance@example.com"),
                            1),
                    "",
                    SSLContext.getDefault(),
                    () -> NOW);
            assertThatThrownBy(() -> mail.send(WebhookTest.SUMMARY))
                    .isInstanceOf(Channel.NotSent.class)
                    .hasMessageContaining("SocketTimeoutException");
        }
    }

    @Test
    void believesOnlyTheCertificateOfItsServer() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "mail",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keys.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        System.setProperty("greenmail.tls.keystore.file", keys.toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
        listen(ServerSetup.PROTOCOL_SMTPS);
        SSLContext trust = trusting(keys);
        assertThatThrownBy(() -> mail(Security.TLS, "localhost", "saldo", PASSWORD, SSLContext.getDefault())
                        .send(WebhookTest.SUMMARY))
                .isInstanceOf(Channel.NotSent.class);
        assertThatThrownBy(() -> mail(Security.TLS, "127.0.0.1", "saldo", PASSWORD, trust)
                        .send(WebhookTest.SUMMARY))
                .as("a certificate of another name")
                .isInstanceOf(Channel.NotSent.class);
        assertThat(server.getReceivedMessages()).isEmpty();
        mail(Security.TLS, "localhost", "saldo", PASSWORD, trust).send(WebhookTest.SUMMARY);
        assertReceived();
    }

    private static SSLContext trusting(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("mail", store.getCertificate("mail"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
