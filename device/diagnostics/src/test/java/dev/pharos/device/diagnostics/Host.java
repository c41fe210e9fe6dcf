// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.device.firmware.ServerTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The host that the tests run on, with its diagnostics in a data model.
final class Host implements AutoCloseable {
    static final String IP = "Device.IP.Diagnostics.";

    final InstantiatedDataModel model;

    Host() {
        this(HostPrograms.OF_THIS_HOST);
    }

    Host(HostPrograms programs) {
        this(programs, ServerTrust.OF_THE_RUNTIME);
    }

    Host(HostPrograms programs, ServerTrust trust) {
        try {
            model = InstantiatedDataModel.start(
                    List.of(DiagnosticsElement.with(programs, trust)), ChangeJournal.none());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Pings with few and small packets where the arguments do not say otherwise.
    Map<String, String> ping(String host, Map<String, String> arguments) throws InterruptedException {
        Map<String, String> inputs = new HashMap<>(Map.of(
                "Host", host,
                "ProtocolVersion", "Any",
                "NumberOfRepetitions", "2",
                "Timeout", "1000",
                "DataBlockSize", "56"));
        inputs.putAll(arguments);
        return model.operate(IP + "IPPing()", inputs);
    }

    Map<String, String> trace(String host, Map<String, String> arguments) throws InterruptedException {
        Map<String, String> inputs =
                new HashMap<>(Map.of("Host", host, "ProtocolVersion", "Any", "Timeout", "1000", "MaxHopCount", "5"));
        inputs.putAll(arguments);
        return model.operate(IP + "TraceRoute()", inputs);
    }

    String value(String path) {
        return model.snapshot().value(path).orElseThrow(() -> new AssertionError("no " + path));
    }

    @Override
    public void close() {
        model.close();
    }
}
