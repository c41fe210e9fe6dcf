// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.sample;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.instance.ChangeSet;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.io.StringReader;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/// A heating: its temperature is read where it is asked for, its target is written by controllers.
public final class Thermostat implements ServiceElement {
    private static final String MODEL = """
            model urn:example:thermostat-1-0
            object Device. readOnly
            object Device.X_EXAMPLE_Thermostat. readOnly
              param Temperature readOnly int
              param Target readWrite int range=5..30 default=20
            """;
    private static final String HEATING = "Device.X_EXAMPLE_Thermostat.";
    private final SupportedDataModel supported;
    private final IntSupplier sensor;
    private final IntConsumer valve;

    public Thermostat(IntSupplier sensor, IntConsumer valve) throws Exception {
        this.supported = ModelFormat.read(new StringReader(MODEL), "thermostat");
        this.sensor = sensor;
        this.valve = valve;
    }

    @Override
    public SupportedDataModel supported() {
        return supported;
    }

    @Override
    public void start(DeviceContext context) {
        valve.accept(
                Integer.parseInt(context.snapshot().value(HEATING + "Target").orElseThrow()));
    }

    @Override
    public boolean isLive(String parameter) {
        return parameter.endsWith(".Temperature");
    }

    @Override
    public String read(ObjectInstance object, String parameter) {
        return Integer.toString(sensor.getAsInt());
    }

    @Override
    public void apply(ChangeSet changes) {
        valve.accept(Integer.parseInt(changes.after().value(HEATING + "Target").orElseThrow()));
    }
}
