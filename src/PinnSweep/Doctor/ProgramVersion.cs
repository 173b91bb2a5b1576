using System.ComponentModel;
using System.Diagnostics;
using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Doctor;

/// <summary>Asks a program of the machine who it is.</summary>
internal static class ProgramVersion
{
    /// <summary>The first line of its answer; null where the program is absent, fails, or does not answer in five seconds.</summary>
    public static string? Of(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            ChildEnvironment.Clean(start.Environment);
            using var process = Process.Start(start)!;
            var answer = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return process.ExitCode == 0 ? answer.GetAwaiter().GetResult().Split('\n')[0].Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
