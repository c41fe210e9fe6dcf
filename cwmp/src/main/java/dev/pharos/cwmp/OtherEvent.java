// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

/// An event of a vendor, `X OUI …` or `M X_OUI_…`, or whatever else a device has sent.
public record OtherEvent(String text) implements EventCode {}
