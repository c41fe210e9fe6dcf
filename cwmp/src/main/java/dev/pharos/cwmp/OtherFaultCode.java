// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

/// A code outside the standard's own table: 8800 to 8899 and 9800 to 9899 belong to vendors, 0 says that no code was
/// given, the rest is unassigned.
public record OtherFaultCode(int code) implements FaultCode {
    private static final int ACS_VENDOR = 8800;
    private static final int CPE_VENDOR = 9800;
    private static final int VENDOR_RANGE = 100;

    public boolean isVendor() {
        return isWithin(ACS_VENDOR) || isWithin(CPE_VENDOR);
    }

    private boolean isWithin(int first) {
        return code >= first && code < first + VENDOR_RANGE;
    }

    @Override
    public String title() {
        if (code == 0) {
            return "No fault code";
        }
        return isVendor() ? "Vendor specific fault" : "Unassigned fault";
    }

    @Override
    public boolean isOfClient() {
        return false;
    }
}
