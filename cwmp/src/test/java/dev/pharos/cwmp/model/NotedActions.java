// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.QueuedTransfer;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Notes down what the device is to do.
final class NotedActions implements DeviceActions {
    final List<String> noted = new ArrayList<>();
    boolean broken;
    boolean canRestart = true;

    @Override
    public boolean canRestart() {
        return canRestart;
    }

    @Override
    public void reboot(String commandKey) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        noted.add("reboot " + commandKey);
    }

    @Override
    public void factoryReset() {
        noted.add("factory reset");
    }

    @Override
    public boolean canFetch() {
        return canRestart;
    }

    @Override
    public boolean carry(FileCommand order) {
        noted.add(order.method().text() + " " + order.command().orElse("firmware") + " " + order.commandKey());
        return noted.size() < 5;
    }

    @Override
    public List<AnyQueuedTransfer> queued() {
        return Collections.nCopies(
                20,
                new AnyQueuedTransfer(
                        new QueuedTransfer("k", TransferState.IN_PROGRESS),
                        true,
                        "1 Firmware Upgrade Image",
                        new TargetFile(0, "")));
    }

    @Override
    public boolean cancel(String commandKey) {
        noted.add("cancel " + commandKey);
        return commandKey.equals("waits");
    }

    @Override
    public void failed(String method, RuntimeException defect) {
        noted.add(method + " " + defect.getMessage());
    }

    @Override
    public boolean scheduleInform(Duration delay, String commandKey) {
        noted.add(delay + " " + commandKey);
        return noted.size() < 2;
    }
}
