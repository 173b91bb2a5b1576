namespace PinnSweep.Tests.Commands;

public class TrainVerbTests
{
    [Theory]
    [InlineData("train", "--problem is required; allowed:")]
    [InlineData("train --problem helmholz", "nearest 'helmholtz'")]
    [InlineData("train --problem helmholtz --balancer relobrallo", "nearest 'relobralo'")]
    [InlineData("train --problem helmholtz --steps -3", "--steps -3: expected a whole number of at least 1")]
    [InlineData("train --problem helmholtz --steps 3 --seconds 4", "a budget is one or the other")]
    [InlineData("train --problem helmholtz --seconds 0", "--seconds 0: expected a number above 0")]
    [InlineData("train --problem helmholtz --precision float16", "float32")]
    [InlineData("train --problem helmholtz --engine fuse", "nearest 'fused'")]
    public async Task A_mistake_is_told_before_anything_is_started(string line, string message)
    {
        var captured = await Captured.RunAsync(line.Split(' '));

        Assert.Equal(1, captured.ExitCode);
        Assert.Contains(message, captured.Error, StringComparison.Ordinal);
        Assert.Empty(captured.Out);
    }
}
