// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.Counters.Counter;
import dev.pharos.server.store.Database;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;

/// What the server counts, for Prometheus.
final class ServerMetrics {
    private ServerMetrics() {}

    static PrometheusMeterRegistry of(UspController controller, Database database) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        @SuppressWarnings("resource") // it lives as long as the process
        JvmGcMetrics collections = new JvmGcMetrics();
        collections.bindTo(registry);
        for (Counter counter : Counter.values()) {
            FunctionCounter.builder(
                            "pharos." + counter.name().toLowerCase(Locale.ROOT).replace('_', '.'),
                            controller.counters(),
                            counters -> counters.value(counter))
                    .register(registry);
        }
        Gauge.builder(
                        "pharos.devices",
                        database,
                        ignored -> controller.stores().devices().count())
                .register(registry);
        Gauge.builder(
                        "pharos.devices.online",
                        database,
                        ignored -> controller.stores().devices().countOnline())
                .register(registry);
        Gauge.builder("pharos.database.connections.active", database, Database::activeConnections)
                .register(registry);
        return registry;
    }
}
