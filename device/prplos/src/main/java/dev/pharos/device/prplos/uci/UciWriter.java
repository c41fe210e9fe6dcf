// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.uci;

/// Writes a whole package in the form that uci itself gives it: the way to begin a file, where there is
/// nothing of others to keep.
public final class UciWriter {
    private UciWriter() {}

    /// @throws UciRefusedException where a name, type or value is none of UCI
    public static byte[] bytes(UciPackage content) throws UciRefusedException {
        StringBuilder text = new StringBuilder();
        for (UciSection section : content.sections()) {
            if (!UciNames.isPlainType(section.type()) || !(section.anonymous() || UciNames.isName(section.id()))) {
                throw new UciRefusedException("no section that can be written: " + section.id());
            }
            text.append("\nconfig ").append(section.type());
            if (!section.anonymous()) {
                text.append(" '").append(section.id()).append("'");
            }
            text.append('\n');
            for (String option : section.options().keySet()) {
                option(text, section, option);
            }
        }
        return UciText.bytes(text.append('\n').toString());
    }

    private static void option(StringBuilder text, UciSection section, String option) throws UciRefusedException {
        String keyword = section.options().get(option) instanceof UciValue.Items ? "list" : "option";
        for (String item : section.items(option)) {
            if (!UciNames.isName(option) || !UciNames.isValue(item)) {
                throw new UciRefusedException("no option that can be written: " + section.id() + "." + option);
            }
            text.append('\t').append(keyword).append(' ').append(option).append(' ');
            text.append(UciText.quoted(item)).append('\n');
        }
    }
}
