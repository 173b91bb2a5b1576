using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests.Guide;

/// <summary>What the images rely on: the program needs no root, no capabilities, and nowhere to write but its folder and /tmp.</summary>
[Collection("whole machine")]
public class ReadOnlyRootTests
{
    // Mounts of its own: the test's folder in place of /data, an empty /tmp, and everything else read-only.
    private const string Container = """
        mount --make-rprivate / && mount --bind "$PWD" /mnt && mount -t tmpfs -o mode=1777 tmpfs /tmp && mount -o remount,bind,ro / || exit 98
        cd /mnt || exit 98
        ! touch /etc/pinnsweep-was-here 2>/dev/null || exit 97
        export HOME=/tmp DOTNET_EnableDiagnostics=0
        exec setpriv --reuid 1654 --regid 1654 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
        """;

    [Fact]
    public async Task A_study_runs_as_an_ordinary_user_on_a_read_only_root()
    {
        using var folder = new TemporaryFolder();
        folder.Write("small.yaml", SmallStudy.Text(200));
        Assert.SkipUnless(Environment.UserName == "root", "not root: only root can make the root read-only");
        Assert.SkipWhen(Cli.Program.StartsWith("/tmp/", StringComparison.Ordinal), "the program lies in /tmp, which is empty for this test");
        using var own = ProcessRun.Start(folder.Path, "chown", "-R", "1654:1654", ".");
        await own.EndAsync(Cli.Short);

        using var run = ProcessRun.Start(
            folder.Path, "unshare", ["--mount", "bash", "-c", Container, "container", Cli.Program, "run", "small.yaml", "--slots", "2", "--out", "report"]);
        await run.EndAsync(StudyRun.Limit);

        Assert.SkipWhen(run.ExitCode == 98 || run.Error.StartsWith("unshare:", StringComparison.Ordinal), $"this machine permits no mounts: {run.Error}");
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Error}\n{run.Out}");
        Assert.True(File.Exists(folder["report/report.md"]));
    }
}
