using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Deployment.Tests.Kubernetes;

/// <summary>Renders overlays with kubectl; a machine without it skips, and says so.</summary>
internal static class Overlays
{
    private static readonly ConcurrentDictionary<string, string> Rendered = new();

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(RepositoryPaths.Root, "k8s", "overlays")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static string Render(string overlay) => Rendered.GetOrAdd(overlay, _ => RenderFolder(Path.Combine(RepositoryPaths.Root, "k8s", "overlays", overlay)));

    public static string RenderFolder(string folder)
    {
        try
        {
            using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = kubectl.StandardError.ReadToEndAsync();
            var rendered = kubectl.StandardOutput.ReadToEnd();
            kubectl.WaitForExit();
            return kubectl.ExitCode == 0 ? rendered : throw new InvalidOperationException($"kubectl kustomize {folder}: {errors.GetAwaiter().GetResult()}");
        }
        catch (Win32Exception)
        {
            Assert.Skip("kubectl is not installed; it renders the overlays");
            throw;
        }
    }
}
