namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Problems made around random solutions pass every check; what a person does wrong to them is found before anything is trained.</summary>
public sealed class RandomProblemTests
{
    public static TheoryData<string> Mutations => [.. RandomProblem.Mutations];

    [Fact]
    public void What_is_right_is_read()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            Assert.NotNull(Files.Read(new RandomProblem(seed).Text()));
        }
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void What_is_changed_is_found(string mutation)
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var problem = new RandomProblem(seed);
            // A sum that a second derivative leaves nothing of has no sign or unit to be wrong in.
            if (mutation.StartsWith("equation", StringComparison.Ordinal) && problem.IsFlat)
            {
                continue;
            }

            Assert.StartsWith("my.yaml:", Files.Mistakes(problem.Text(mutation)), StringComparison.Ordinal);
        }
    }
}
