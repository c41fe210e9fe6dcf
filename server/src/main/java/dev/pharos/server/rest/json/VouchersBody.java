// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.usp.Bytes;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Vouchers for options of a device of TR-069.
///
/// @param vouchers each in Base64, as whoever sold the options has signed it
public record VouchersBody(@Nullable List<@Nullable String> vouchers) {
    private static final int MOST = 10;
    private static final int BYTES = 16 << 10;

    public List<Bytes> checked() {
        List<String> given = Fields.itemsOrNone("vouchers", vouchers);
        if (given.isEmpty() || given.size() > MOST) {
            throw new BadRequestException("vouchers", "must be 1 to " + MOST);
        }
        return given.stream().map(VouchersBody::bytes).toList();
    }

    private static Bytes bytes(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > 0 && bytes.length <= BYTES) {
                return Bytes.adopt(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            throw new BadRequestException("vouchers", "must each be Base64");
        }
        throw new BadRequestException("vouchers", "must each have 1 to " + BYTES + " bytes");
    }
}
