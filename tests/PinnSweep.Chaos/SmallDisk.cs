using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PinnSweep.Chaos;

/// <summary>A small file system of its own, in memory, that can be filled to the last byte and emptied; mounting it takes root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 16;

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public bool IsFull { get; private set; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Null where this process may not mount.</summary>
    public static SmallDisk? TryMount(string path)
    {
        Directory.CreateDirectory(path);
        return Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m"), "pinnsweep-chaos", path) ? new(path) : null;
    }

    public void Fill()
    {
        IsFull = true;
        using var filler = File.Create(Filler);
        var block = new byte[1 << 16];
        try
        {
            // Far more than there is.
            for (var written = 0; written < 2 * Megabytes << 20; written += block.Length)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty()
    {
        IsFull = false;
        File.Delete(Filler);
    }

    public void Dispose() => Run("umount", "--lazy", Path);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
