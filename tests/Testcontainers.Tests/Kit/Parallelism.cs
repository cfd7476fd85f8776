// Real servers on two cores, and tests that change PATH.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
