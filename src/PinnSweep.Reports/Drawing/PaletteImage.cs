using SkiaSharp;

namespace PinnSweep.Reports.Drawing;

/// <summary>
/// Pictures in SVG as palettes again: Skia's SVG canvas writes every picture in true colours, which takes a field three to four times the room.
/// </summary>
internal static class PaletteImage
{
    /// <summary>How a picture begins.</summary>
    public const string Png = "data:image/png;base64,";

    private static readonly Lazy<Dictionary<SKColor, byte>[]> Palettes = new(() => [.. Enum.GetValues<FieldColouring>().Select(colouring =>
        FieldColours.Palette(colouring).Select((colour, i) => (Colour: colour, Index: (byte)i)).DistinctBy(pair => pair.Colour).ToDictionary(pair => pair.Colour, pair => pair.Index))]);

    /// <summary>The picture in the palette that has all of its colours; as it was where none has.</summary>
    public static string Of(string uri)
    {
        using var picture = SKBitmap.Decode(Convert.FromBase64String(uri[Png.Length..]));
        var pixels = picture.Pixels;
        for (var i = 0; i < Palettes.Value.Length; i++)
        {
            if (Places(pixels, Palettes.Value[i]) is { } places)
            {
                return Png + Convert.ToBase64String(PalettePng.Of(places, picture.Width, FieldColours.Palette((FieldColouring)i)));
            }
        }

        return uri;
    }

    private static byte[]? Places(SKColor[] pixels, Dictionary<SKColor, byte> palette)
    {
        var places = new byte[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            if (!palette.TryGetValue(pixels[i], out places[i]))
            {
                return null;
            }
        }

        return places;
    }
}
