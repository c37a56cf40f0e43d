/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read of the JSON that a verbose status carries; containerd and CRI-O write the same names. Read as a stream: the
 * whole specification is in it.
 *
 * @param pid of the first process; empty where there is none yet
 * @param cgroupsPath {@code runtimeSpec.linux.cgroupsPath}
 */
record VerboseInfo(Optional<Long> pid, Optional<String> cgroupsPath) {
    private static final VerboseInfo NOTHING = new VerboseInfo(Optional.empty(), Optional.empty());
    private static final List<String> CGROUPS_PATH = List.of("runtimeSpec", "linux", "cgroupsPath");

    /** What cannot be read is as if it were not there. */
    static VerboseInfo read(Map<String, String> info) {
        var text = info.get("info");
        if (text == null) {
            return NOTHING;
        }
        var reader = new Reader();
        try (var json = new JsonFactory().createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                reader.read(json, 0);
            }
        } catch (IOException e) {
            // what was read before the fault stands
        }
        return new VerboseInfo(reader.pid, reader.cgroupsPath);
    }

    private static final class Reader {
        private Optional<Long> pid = Optional.empty();
        private Optional<String> cgroupsPath = Optional.empty();

        /** Inside an object that the first {@code depth} names of the path led to. */
        void read(JsonParser json, int depth) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                var onPath = name.equals(CGROUPS_PATH.get(depth));
                if (depth == 0 && name.equals("pid") && value == JsonToken.VALUE_NUMBER_INT) {
                    pid = Optional.of(json.getLongValue()).filter(number -> number > 0);
                } else if (onPath && depth == CGROUPS_PATH.size() - 1 && value == JsonToken.VALUE_STRING) {
                    cgroupsPath = Optional.of(json.getText()).filter(text -> !text.isBlank());
                } else if (onPath && depth < CGROUPS_PATH.size() - 1 && value == JsonToken.START_OBJECT) {
                    read(json, depth + 1);
                } else {
                    json.skipChildren();
                }
            }
        }
    }
}
