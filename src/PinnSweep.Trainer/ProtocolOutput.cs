using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Trainer;

/// <summary>
/// Standard output as the protocol's own: one line a write, flushed at once, safe from several threads. Descriptor 1 itself is pointed
/// at standard error, so that a library's stray print cannot break a line.
/// </summary>
internal sealed partial class ProtocolOutput(Stream stream) : IDisposable
{
    private const int Output = 1;
    private const int Error = 2;
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    private readonly Lock _lock = new();

    public static ProtocolOutput TakeStandardOutput()
    {
        // The runtime's stream holds a duplicate of descriptor 1, so it stays where it is when the descriptor moves.
        var own = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        if ((OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && DuplicateOnto(Error, Output) < 0)
        {
            throw new IOException($"standard output cannot be moved: error {Marshal.GetLastPInvokeError()}");
        }

        return new(own);
    }

    public void Write(TrainerProtocol.Event message) => WriteLine(JsonSerializer.Serialize(message, TrainerProtocol.Json));

    public void WriteLine(string line)
    {
        lock (_lock)
        {
            _writer.WriteLine(line);
            _writer.Flush();
        }
    }

    public void Dispose() => _writer.Dispose();

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int DuplicateOnto(int source, int target);
}
