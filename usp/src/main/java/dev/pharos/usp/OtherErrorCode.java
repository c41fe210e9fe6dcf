// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

/// A code outside TR-369's own table: 7200-7299 belong to data models, 7800-7999 to vendors, the rest is
/// unassigned.
public record OtherErrorCode(int code) implements ErrorCode {
    public boolean isVendor() {
        return code >= 7800 && code <= 7999;
    }

    public boolean isDataModel() {
        return code >= 7200 && code <= 7299;
    }

    @Override
    public String title() {
        if (isVendor()) {
            return "Vendor specific error";
        }
        return isDataModel() ? "Data model error" : "Unassigned error";
    }
}
