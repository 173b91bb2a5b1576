using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies an ELF shared object and marks its need of one symbol version as weak (flag 0x2 in vna_flags of .gnu.version_r), so that
/// a loader whose library lacks the version goes on. 64-bit little-endian objects only.
/// </summary>
public sealed class WeakenSymbolVersion : Task
{
    private const int VersionNeedSection = 0x6ffffffe;
    private const ushort Weak = 2;

    [Required]
    public string Source { get; set; }

    [Required]
    public string Destination { get; set; }

    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        var image = File.ReadAllBytes(Source);
        if (image.Length < 64 || BitConverter.ToUInt32(image, 0) != 0x464c457f || image[4] != 2 || image[5] != 1)
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF object.", Source);
            return false;
        }

        Mark(image);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        File.WriteAllBytes(Destination, image);
        return true;
    }

    // Section header: type at 4, file offset at 24, link (the string table's index) at 40, number of entries at 44.
    // Verneed: count of needs at 2, first need at 8, next record at 12. Vernaux: flags at 4, name at 8, next at 12.
    private void Mark(byte[] image)
    {
        var headers = BitConverter.ToInt64(image, 40);
        var headerSize = BitConverter.ToUInt16(image, 58);
        for (var i = 0; i < BitConverter.ToUInt16(image, 60); i++)
        {
            var header = (int)headers + (i * headerSize);
            if (BitConverter.ToInt32(image, header + 4) != VersionNeedSection)
            {
                continue;
            }

            var strings = (int)BitConverter.ToInt64(image, (int)headers + (BitConverter.ToInt32(image, header + 40) * headerSize) + 24);
            var record = (int)BitConverter.ToInt64(image, header + 24);
            for (var records = BitConverter.ToInt32(image, header + 44); records > 0; records--)
            {
                var need = record + BitConverter.ToInt32(image, record + 8);
                for (var needs = BitConverter.ToUInt16(image, record + 2); needs > 0; needs--)
                {
                    if (TextAt(image, strings + BitConverter.ToInt32(image, need + 8)) == Version)
                    {
                        image[need + 4] |= (byte)Weak;
                        Log.LogMessage(MessageImportance.Low, "{0}: the need of {1} is weak now.", Destination, Version);
                    }

                    need += BitConverter.ToInt32(image, need + 12);
                }

                record += BitConverter.ToInt32(image, record + 12);
            }
        }
    }

    private static string TextAt(byte[] image, int offset)
    {
        return Encoding.ASCII.GetString(image, offset, Array.IndexOf(image, (byte)0, offset) - offset);
    }
}
