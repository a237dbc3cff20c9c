package io.saldo.app.monitor;

import io.saldo.app.config.OperationSettings;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.net.BindException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Serves health and metrics over HTTP, read only, and nothing else. */
public final class MonitoringServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private MonitoringServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Begins to serve.
     *
     * @param settings where; port 0 is any that is free
     * @param logging Spring's properties of the log
     * @throws ProblemException where address and port are not to be had
     */
    public static MonitoringServer start(
            OperationSettings.Monitoring settings, Monitor monitor, Map<String, Object> logging) {
        Map<String, Object> properties = new HashMap<>(logging);
        properties.put("server.address", settings.address());
        properties.put("server.port", Integer.toString(settings.port()));
        properties.put("spring.jmx.enabled", "false");
        properties.put("spring.web.resources.add-mappings", "false");
        properties.put("management.endpoints.access.default", "none");
        properties.put("management.endpoint.health.access", "read-only");
        properties.put("management.endpoint.prometheus.access", "read-only");
        properties.put("management.endpoints.web.exposure.include", "health,prometheus");
        properties.put("management.endpoints.web.discovery.enabled", "false");
        properties.put("management.endpoint.health.show-details", "always");
        properties.put("management.endpoint.health.probes.enabled", "true");
        properties.put("management.health.defaults.enabled", "false");
        try {
            return new MonitoringServer(new SpringApplicationBuilder(Endpoints.class)
                    .web(WebApplicationType.SERVLET)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .properties(properties)
                    .initializers(each -> each.getBeanFactory().registerSingleton("saldo", monitor))
                    .run());
        } catch (RuntimeException failure) {
            for (Throwable each = failure; each != null; each = each.getCause()) {
                if (each instanceof PortInUseException || each instanceof BindException) {
                    throw new ProblemException(
                            ProblemCode.BAD_VALUE,
                            Place.file("application.yml"),
                            "monitoring: nothing can be served on port " + settings.port() + " of " + settings.address()
                                    + ": another program does, or the address is not this machine's");
                }
            }
            throw failure;
        }
    }

    /** The port on which it serves. */
    public int port() {
        WebServer server = ((WebServerApplicationContext) context).getWebServer();
        return server == null ? -1 : server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
