using PinnSweep.Commands;
using PinnSweep.Processes;

namespace PinnSweep.Tests;

/// <summary>A command line run inside this process, and what it wrote.</summary>
internal sealed record Captured(int ExitCode, string Out, string Error)
{
    public static async Task<Captured> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var interrupts = new Interrupts();
        var code = await RootVerb.RunAsync(arguments, new(output, error, OutIsLive: false, ErrorIsLive: false), interrupts);
        return new(code, output.ToString(), error.ToString());
    }
}
