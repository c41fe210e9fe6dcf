// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cwmp.cpe.Report;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.ModulesConfig;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.Validity;
import dev.pharos.testkit.FileServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an ACS orders of software modules on a device that takes signed ones alone.
final class SignedModulesOverAcsTest {
    private static final byte[] FILE = "no archive at all".getBytes(StandardCharsets.UTF_8);

    private static DuOperation install(FileServer server, String name) {
        return new DuOperation.Install(new FileLocation(server.url(name).toString(), "", ""), "", "");
    }

    @Test
    void what_nobody_has_signed_is_refused_and_what_somebody_has_is_looked_into(@TempDir Path folder) throws Exception {
        Authority maker = Authority.create("Maker", KeyKind.EC, Validity.days(Instant.now(), 10));
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(maker.key());
        signing.update(FILE);
        ModulesConfig config = ModulesConfig.of(folder.resolve("modules"), RunAs.self(), ServerTrust.OF_THE_RUNTIME)
                .signedBy(new ModuleSigners(List.of(maker.certificate())));
        BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
        try (FileServer server = FileServer.of(FILE);
                SharedTimer timer = new SharedTimer();
                SoftwareModules modules = SoftwareModules.open(config);
                InstantiatedDataModel model = InstantiatedDataModel.start(modules.elements(), ChangeJournal.none())) {
            server.beside("signed.zip.sig", signing.sign());
            server.will(new FileServer.Mood.Refusing(404, "", ""));
            ModuleOrders orders =
                    new ModuleOrders(model, new KeptContact(folder).modules(), AgentRuntime.with(timer), reports::add);
            orders.resume();
            assertThat(orders.change(new ChangeDuState(
                            List.of(
                                    install(server, "unsigned.zip"),
                                    install(server, "other.zip"),
                                    install(server, "signed.zip")),
                            "key")))
                    .isTrue();
            orders.go();
            Report report = reports.poll(60, TimeUnit.SECONDS);
            assertThat(report).isNotNull();
            assertThat(((DuStateChangeComplete) report.request()).results())
                    .extracting(result -> result.outcome().fault())
                    .allSatisfy(fault -> assertThat(fault.faultCode().code()).isEqualTo(9018))
                    .extracting(fault -> fault.faultString())
                    .satisfiesExactly(
                            unsigned -> assertThat(unsigned).contains("signature", "404"),
                            other -> assertThat(other).contains("signature is by nobody"),
                            signed -> assertThat(signed).contains("neither tar"));
            assertThat(model.snapshot().value("Device.SoftwareModules.DeploymentUnitNumberOfEntries"))
                    .contains("0");
            orders.close();
        }
    }
}
