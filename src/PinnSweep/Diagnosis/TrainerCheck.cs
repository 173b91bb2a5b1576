using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using PinnSweep.Studies;

namespace PinnSweep.Diagnosis;

/// <summary>Whether the trainer starts and what it finds: it alone may load libtorch, so it is asked.</summary>
internal static class TrainerCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        string program;
        try
        {
            program = TrainerProgram.Find();
        }
        catch (UserMistakeException absent)
        {
            return [new("trainer", FindingState.Missing, absent.Message)];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--doctor"]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var answer = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return Read(process.ExitCode, answer, await errors);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Win32Exception failure)
        {
            return [new("trainer", FindingState.Missing, $"{program}: {failure.Message}", "delete the artifacts folder and build again")];
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [new("trainer", FindingState.Missing, $"{program} gave no answer in {Patience.TotalSeconds} s")];
        }
    }

    internal static IReadOnlyList<Finding> Read(int exitCode, string answer, string errors)
    {
        if (exitCode != 0)
        {
            var reason = errors.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim() ?? $"exit code {exitCode}";
            return [new("trainer", FindingState.Missing, $"it ended with: {reason}", "delete the artifacts folder and build again; on Debian and Ubuntu libgomp1 and libstdc++6 are needed")];
        }

        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.EnumerateObject().Select(Line)];
    }

    private static Finding Line(JsonProperty property)
    {
        var name = property.Name;
        var value = property.Value;
        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False when name == "cuda" => new(name, FindingState.Optional, "none", "only needed to train on a GPU: build with -p:TorchBackend=cuda on a machine with an NVIDIA driver"),
            JsonValueKind.Null or JsonValueKind.False => new(name, FindingState.Missing, "not usable"),
            JsonValueKind.True => Finding.Ok(name, "yes"),
            JsonValueKind.String => Finding.Ok(name, value.GetString()!),
            _ => Finding.Ok(name, value.GetRawText()),
        };
    }
}
