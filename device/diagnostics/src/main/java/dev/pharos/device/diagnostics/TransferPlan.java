// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// How a transfer is to go.
///
/// @param seconds for which it is measured by time; 0 where it is one file for each connection
/// @param interval seconds between two rows of results in between; 0 for none
/// @param offset seconds before the first of them begins
/// @param length of the file of an upload, in bytes
record TransferPlan(
        TransferUrl url,
        InetAddress address,
        Egress egress,
        int trafficClass,
        int connections,
        long seconds,
        long interval,
        long offset,
        long length) {

    static TransferPlan of(Order order, TransferUrl url, InetAddress address, long length) {
        if (order.number("EthernetPriority", 0, 0, 7) != 0) {
            throw ProgramRun.failure("this host marks no frames of Ethernet: leave out EthernetPriority");
        }
        long seconds = order.number("TimeBasedTestDuration", 0, 0, Limits.TRANSFER_SECONDS);
        long interval = order.number("TimeBasedTestMeasurementInterval", 0, 0, Limits.TRANSFER_SECONDS);
        long offset = order.number("TimeBasedTestMeasurementOffset", 0, 0, 255);
        if (seconds > 0 && interval > 0 && (seconds - Math.min(seconds, offset)) / interval > Limits.INCREMENTS) {
            throw Order.wrong("TimeBasedTestMeasurementInterval makes more than " + Limits.INCREMENTS + " results");
        }
        return new TransferPlan(
                url,
                address,
                order.egress(),
                order.trafficClass(),
                Math.toIntExact(order.number("NumberOfConnections", 1, 1, Limits.CONNECTIONS)),
                seconds,
                interval,
                offset,
                length);
    }

    boolean isTimed() {
        return seconds > 0;
    }

    InetSocketAddress server() {
        return new InetSocketAddress(address, url.port());
    }
}
