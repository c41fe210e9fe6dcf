// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Backs `Device.DeviceInfo.Processor.`: a row for each chip, as far as the kernel tells them apart, which says what
/// programs it is for. Software modules are chosen by it.
final class ProcessorElement implements ServiceElement {
    private static final String INFO = "Device.DeviceInfo.";
    private static final String PROCESSORS = INFO + "Processor.";
    private static final String CPUS = "/sys/devices/system/cpu";
    private static final BackedModel MODEL =
            BackedModel.of(Map.of(INFO, "ProcessorNumberOfEntries", PROCESSORS + "{i}.", "Alias Architecture"));

    private final HostFiles files;

    ProcessorElement(HostFiles files) {
        this.files = files;
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL.supported();
    }

    @Override
    public void start(DeviceContext context) {
        Optional<String> word = Architecture.of(files);
        List<RowSync.Wanted> rows = word.isEmpty()
                ? List.of()
                : chips().stream()
                        .map(chip -> new RowSync.Wanted(
                                Map.of("Alias", "cpe-processor-" + chip), Map.of("Architecture", word.get())))
                        .toList();
        context.update(transaction -> new RowSync().sync(transaction, PROCESSORS, rows));
    }

    /// As the kernel numbers them; one where it does not.
    private List<String> chips() {
        List<String> numbers = files.names(CPUS, "cpu[0-9]*", Limits.PROCESSORS).stream()
                .flatMap(cpu -> files.word(CPUS + "/" + cpu + "/topology/physical_package_id").stream())
                .filter(number -> number.matches("[0-9]{1,6}"))
                .distinct()
                .toList();
        return numbers.isEmpty() ? List.of("0") : numbers;
    }
}
