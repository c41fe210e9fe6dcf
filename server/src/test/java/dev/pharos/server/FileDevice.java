// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.device.firmware.files.FilesElement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A log file that is uploaded by the test and not by the device, which only says that it is done.
final class FileDevice implements ServiceElement {
    private static final SupportedDataModel SUPPORTED = GatewayModel.load().restrictedTo(FilesElement::backs);

    private final BlockingQueue<String> links = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();

    /// In the place of the files of a simulated gateway.
    List<ServiceElement> beside(List<ServiceElement> others) {
        return Stream.concat(others.stream().filter(element -> !(element instanceof FilesElement)), Stream.of(this))
                .toList();
    }

    /// Where the server wants the next file.
    String link() throws InterruptedException {
        String link = links.poll(90, TimeUnit.SECONDS);
        if (link == null) {
            throw new AssertionError("nobody asked for a file");
        }
        return link;
    }

    /// The command is complete.
    void ends() {
        ends.add(true);
    }

    @Override
    public SupportedDataModel supported() {
        return SUPPORTED;
    }

    @Override
    public void start(DeviceContext context) {
        context.update(transaction -> transaction.add("Device.DeviceInfo.VendorLogFile.", 1));
    }

    @Override
    public Map<String, String> operate(CommandCall call) throws InterruptedException {
        links.add(call.input("URL", ""));
        boolean _ = ends.take();
        return Map.of();
    }
}
