#!/bin/sh
# Cuts the fonts down to what papers are written in. Run here, with fonttools (pyftsubset) installed:
#   npm install --prefix /tmp/fonts @expo-google-fonts/plus-jakarta-sans@0.4.2 \
#     @expo-google-fonts/vazirmatn@0.4.1 @expo-google-fonts/noto-sans-arabic@0.4.3 \
#     @expo-google-fonts/noto-sans-javanese@0.4.2 @expo-google-fonts/noto-sans-balinese@0.4.1 \
#     @expo-google-fonts/noto-sans@0.4.2 @expo-google-fonts/noto-sans-mono@0.4.2 \
#     @fontsource/noto-sans-sundanese@5.3.0 @fontsource/noto-sans-buginese@5.0.12
#   ./subset.sh /tmp/fonts/node_modules
set -eu
expo=$1/@expo-google-fonts
fontsource=$1/@fontsource

# subset FROM TO CHARACTERS: without hints for coarse screens, with what shaping needs.
subset() {
  pyftsubset "$1" --output-file="$2" --unicodes="$3" --no-hinting --notdef-outline \
    --name-IDs=0,1,2,3,4,5,6,13,14
}
# Spaces, the empty shape that ends a letter with its marks, and the circle that a lone mark stands on.
common=U+0020,U+00A0,U+200C,U+25CC
latin=U+0020-007E,U+00A0-024F,U+02B0-02FF,U+0300-036F,U+1E00-1EFF,U+2000-209F,U+20A0-20CF,U+2100-214F,U+2190-22FF

subset "$expo"/plus-jakarta-sans/400Regular/*.ttf plus-jakarta-sans-regular.ttf "$latin"
subset "$expo"/plus-jakarta-sans/700Bold/*.ttf plus-jakarta-sans-bold.ttf "$latin"
subset "$expo"/noto-sans-mono/400Regular/*.ttf noto-sans-mono.ttf U+0020-007E
# One weight between regular and bold serves both.
subset "$expo"/vazirmatn/500Medium/*.ttf vazirmatn.ttf "$common,U+0600-06FF,U+0750-077F"
subset "$expo"/noto-sans-arabic/500Medium/*.ttf noto-sans-arabic.ttf "$common,U+0600-06FF,U+0750-077F,U+08A0-08C7"
subset "$expo"/noto-sans-javanese/500Medium/*.ttf noto-sans-javanese.ttf "$common,U+A980-A9DF"
subset "$expo"/noto-sans-balinese/500Medium/*.ttf noto-sans-balinese.ttf "$common,U+1B00-1B7F"
subset "$fontsource"/noto-sans-sundanese/files/*-sundanese-500-normal.woff noto-sans-sundanese.ttf \
  "$common,U+1B80-1BBF,U+1CC0-1CC7"
subset "$fontsource"/noto-sans-buginese/files/*-buginese-400-normal.woff noto-sans-buginese.ttf \
  "$common,U+1A00-1A1F,U+A9CF"
subset "$expo"/noto-sans/500Medium/*.ttf noto-sans.ttf \
  "$common,U+0041-005A,U+0061-007A,U+0180-024F,U+0300-036F,U+0370-03FF,U+0400-04FF,U+1E00-1EFF"

# A subset of a packed font stays packed.
python3 - noto-sans-sundanese.ttf noto-sans-buginese.ttf <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
for name in sys.argv[1:]:
    font = TTFont(name, recalcTimestamp=False)
    font.flavor = None
    font.save(name)
PYTHON
